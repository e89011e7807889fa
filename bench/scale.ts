/** `npm run bench:scale`: writes docs/scale.md from the newest results of the benchmark. */
import { writeScale } from './scale/write.ts';

writeScale();
