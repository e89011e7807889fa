import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Ends the servers that test files have started for all (test/mongodb-shared.ts).
    globalSetup: ['test/mongodb-shared.ts'],
    // A guard against hanging, not a measure: the machine may be busy.
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
