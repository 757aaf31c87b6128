/** Where the carrier keeps pictures that came in: addresses there are signed, so no credential goes to them. */
export const mediaOrigins: readonly string[] = [
  'https://mms-media-prod.s3.amazonaws.com',
  'https://mms-media-prod.s3.us-west-2.amazonaws.com',
  'https://flowroute-messaging-media.s3.us-west-2.amazonaws.com',
  'https://s3.us-west-2.amazonaws.com',
];
