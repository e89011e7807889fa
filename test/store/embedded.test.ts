/** The embedded store keeps what every store promises. */
import { describeApplications } from '../contract/applications.contract.ts';
import { describeAudit } from '../contract/audit.contract.ts';
import { describeBookings } from '../contract/bookings.contract.ts';
import { describeConversations } from '../contract/conversations.contract.ts';
import { describeDocuments } from '../contract/documents.contract.ts';
import { describeErasing } from '../contract/erasing.contract.ts';
import { describeHub } from '../contract/hub.contract.ts';
import { describeJobs } from '../contract/jobs.contract.ts';
import { describeOffice } from '../contract/office.contract.ts';
import { describeOperators } from '../contract/operators.contract.ts';
import { describeVisits } from '../contract/visits.contract.ts';
import { openTempStore } from './temp-store.ts';

const name = 'the embedded store';
describeConversations(name, openTempStore);
describeJobs(name, openTempStore);
describeHub(name, openTempStore);
describeApplications(name, openTempStore);
describeBookings(name, openTempStore);
describeVisits(name, openTempStore);
describeDocuments(name, openTempStore);
describeErasing(name, openTempStore);
describeOperators(name, openTempStore);
describeAudit(name, openTempStore);
describeOffice(name, openTempStore);
