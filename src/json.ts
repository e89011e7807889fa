/** Plain data, as it survives JSON. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
