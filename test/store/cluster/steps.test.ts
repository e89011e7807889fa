import { describeConversations } from '../../contract/conversations.contract.ts';
import { describeJobs } from '../../contract/jobs.contract.ts';
import { describeEachMongo } from '../../each-mongo.ts';

await describeEachMongo('steps in MongoDB', (mongo) => {
  describeConversations('the cluster store', () => mongo.open());
  describeJobs('the cluster store', () => mongo.open());
});
