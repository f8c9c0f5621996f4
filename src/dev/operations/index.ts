import type { Handlers } from "../http/context.ts";
import * as time from "./clock.ts";
import * as trouble from "./faults.ts";
import * as requests from "./requests.ts";
import * as state from "./worlds.ts";

/** The table of contents: every operation of the document and the function that answers it. */
export const operations: Handlers = {
  world: state.world,
  worlds: state.worlds,
  endWorld: state.endWorld,
  reset: state.reset,
  giveToken: state.giveToken,
  addUser: state.addUser,
  changeUser: state.changeUser,
  addEvents: state.addEvents,
  nameGroup: state.nameGroup,
  nameProject: state.nameProject,
  snapshots: state.snapshots,
  keep: state.saveSnapshot,
  drop: state.deleteSnapshot,
  restore: state.restore,
  ids: state.ids,
  setIds: state.setIds,
  clock: time.clock,
  setClock: time.setClock,
  moveClock: time.moveClock,
  faults: trouble.faults,
  addFault: trouble.addFault,
  endFault: trouble.endFault,
  endFaults: trouble.endFaults,
  limits: trouble.limits,
  setLimits: trouble.setLimits,
  requests: requests.requests,
  forgetRequests: requests.forgetRequests,
};
