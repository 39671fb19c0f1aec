/**
 * A Node program on the live channel, written from the contract alone.
 *
 * `node client.mjs <what to do as JSON>`; the plan names the server, a code, and what
 * to acknowledge. It prints one line of JSON with everything that came back.
 */

import { randomUUID } from "node:crypto";
import { createRequire } from "node:module";

const [plan] = process.argv.slice(2).map((text) => JSON.parse(text));
const { io } = createRequire(`${plan.modules}/`)("socket.io-client");

const DEADLINE_MS = 30000;
const giveUp = setTimeout(() => {
  console.error("nothing came for too long");
  process.exit(3);
}, DEADLINE_MS);

const post = async (path, body, token) => {
  const answer = await fetch(`${plan.url}/api/v1${path}`, {
    method: body ? "POST" : "GET",
    headers: {
      "Content-Type": "application/json",
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
    },
    body: body ? JSON.stringify(body) : undefined,
  });
  return { status: answer.status, told: await answer.json() };
};

const me = (await post("/join", { code: plan.code, name: "Nodeline" })).told;
const [audience] = me.audiences;
const heard = [];
const socket = io(`${plan.url}/live`, {
  auth: { token: me.token, html: false, lang: "en" },
  transports: ["websocket"],
});
socket.on("entries", (frame) => heard.push(...frame.entries));
const beaten = new Promise((resolve) => {
  socket.once("beat", resolve);
});
await new Promise((resolve, reject) => {
  socket.once("connect", resolve);
  socket.once("connect_error", reject);
});

const refusedStranger = await new Promise((resolve) => {
  const stranger = io(`${plan.url}/live`, {
    auth: { token: "no" }, transports: ["websocket"], forceNew: true, reconnection: false,
  });
  stranger.once("connect", () => resolve(false));
  stranger.once("connect_error", (error) => {
    stranger.close();
    resolve(error.data ?? error.message);
  });
});

const synced = await socket.emitWithAck("sync", { cursors: { [audience]: 0 } });
const { entries, head } = synced.audiences[audience];
const inject = entries.findLast((entry) => entry.kind === "inject_released");
const command = { id: randomUUID(), type: "acknowledge", about: inject.id };
const first = await socket.emitWithAck("command", command);
const again = await socket.emitWithAck("command", command);
const refused = await socket.emitWithAck("command", { id: randomUUID(), type: "pause" });
const unknown = await socket.emitWithAck("command", {
  id: randomUUID(), type: "acknowledge", about: inject.id, actor: "me",
});
const foreign = await socket.emitWithAck("sync", { cursors: { [plan.foreign]: 0 } });
const seen = await socket.emitWithAck("seen", { audience, position: head });
const beat = await beaten;
const resynced = await socket.emitWithAck("sync", { cursors: { [audience]: head } });
const back = await post(
  `/exercises/${me.exercise}/entries?audience=${audience}&before=${head + 1}&limit=3&html=false`,
  null,
  me.token,
);

console.log(JSON.stringify({
  me, refusedStranger, entries, head, inject, first, again, refused, unknown, foreign, seen,
  beat, heard, later: resynced.audiences[audience].entries, back,
}));
socket.close();
clearTimeout(giveUp);
