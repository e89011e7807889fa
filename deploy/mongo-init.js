// For mongosh, on the machine of mongo-a: makes the replica set and the two users. Run again it changes nothing.
const { MONGO_ADMIN_PASSWORD, MONGO_PASSWORD } = process.env;
const admin = db.getSiblingDB('admin');

if (!db.hello().setName) {
  // mongo-a is preferred, so that it is the one that becomes primary now: users can be made there only.
  rs.initiate({
    _id: 'loket',
    members: [
      { _id: 0, host: 'mongo-a:27017', priority: 2 },
      { _id: 1, host: 'mongo-b:27017' },
      { _id: 2, host: 'mongo-c:27017' },
    ],
  });
}

function isAdmin() {
  try {
    return admin.auth('admin', MONGO_ADMIN_PASSWORD).ok === 1;
  } catch {
    return false;
  }
}

if (!isAdmin()) {
  while (!db.hello().isWritablePrimary) sleep(500);
  admin.createUser({ user: 'admin', pwd: MONGO_ADMIN_PASSWORD, roles: ['root'] });
  admin.auth('admin', MONGO_ADMIN_PASSWORD);
}
if (!admin.getUser('loket')) {
  while (!db.hello().isWritablePrimary) sleep(500);
  admin.createUser({ user: 'loket', pwd: MONGO_PASSWORD, roles: [{ role: 'readWrite', db: 'loket' }] });
}
print('the replica set and its users are there');
