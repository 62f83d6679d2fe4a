import {
  getAppealEndpoint,
  listAppealsEndpoint,
  offerAppealEndpoint,
  resolveAppealEndpoint,
} from "./appeals";
import {
  changeChannelEndpoint,
  createChannelEndpoint,
  listChannelsEndpoint,
  listDeliveriesEndpoint,
  retryDeliveryEndpoint,
  testChannelEndpoint,
} from "./channels";
import { countUnreadEndpoint, listNotificationsEndpoint, markReadEndpoint } from "./notifications";
import { getPreferencesEndpoint, setPreferencesEndpoint } from "./preferences";

/** Every endpoint of this room. */
export const noticeEndpoints = [
  offerAppealEndpoint,
  listAppealsEndpoint,
  getAppealEndpoint,
  resolveAppealEndpoint,
  listNotificationsEndpoint,
  countUnreadEndpoint,
  markReadEndpoint,
  getPreferencesEndpoint,
  setPreferencesEndpoint,
  listChannelsEndpoint,
  createChannelEndpoint,
  changeChannelEndpoint,
  testChannelEndpoint,
  listDeliveriesEndpoint,
  retryDeliveryEndpoint,
];
