// Node's own Socket.IO as a comparator, without a database: `node peer.mjs MODULES KIND FILE PORT`.
//
// `emit` sends the JSON in FILE to everybody at each command; `watch` acknowledges each
// answer and sends it to everybody who came to watch.

import { createServer } from "node:http";
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const [modules, kind, file, port] = process.argv.slice(2);
const { Server } = createRequire(`${modules}/`)("socket.io");

const http = createServer();
const io = new Server(http, { transports: ["websocket"], pingInterval: 20000 });
const live = io.of("/live");
const told = kind === "emit" ? JSON.parse(readFileSync(file, "utf-8")) : null;
let number = 0;

live.on("connection", (socket) => {
  if (socket.handshake.auth.token === "watch") socket.join("watchers");
  socket.on("command", (command, acknowledge) => {
    number += 1;
    const answer = { ok: true, id: number, at: new Date().toISOString() };
    if (kind === "emit") live.emit("entries", told);
    else live.to("watchers").emit("entries", { ...command, ...answer });
    acknowledge(answer);
  });
});
http.listen({ port: Number(port), host: "127.0.0.1", backlog: 2048 });
