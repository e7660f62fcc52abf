import type { ReportPayloadResolvers } from '../generated/types.ts';

export const ReportPayload: ReportPayloadResolvers = {
  // a payload of what is to be mended says nothing of it
  reported: payload => payload.reported === true,
};
