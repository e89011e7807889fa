/** The cluster store keeps what every store promises of applications, bookings, documents, operators and the audit log. */
import { describeApplications } from '../../contract/applications.contract.ts';
import { describeAudit } from '../../contract/audit.contract.ts';
import { describeBookings } from '../../contract/bookings.contract.ts';
import { describeDocuments } from '../../contract/documents.contract.ts';
import { describeErasing } from '../../contract/erasing.contract.ts';
import { describeOffice } from '../../contract/office.contract.ts';
import { describeOperators } from '../../contract/operators.contract.ts';
import { describeVisits } from '../../contract/visits.contract.ts';
import { describeEachMongo } from '../../each-mongo.ts';

const name = 'the cluster store';
await describeEachMongo('Cases, papers and people', ({ open }) => {
  describeApplications(name, open);
  describeBookings(name, open);
  describeVisits(name, open);
  describeDocuments(name, open);
  describeErasing(name, open);
  describeOperators(name, open);
  describeAudit(name, open);
  describeOffice(name, open);
});
