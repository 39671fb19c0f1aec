/** Commands that are not acknowledged yet, kept across reloads and offline hours. */

const NAME = "detente";
const STORE = "outbox";

function database() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "id" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** An outbox of one membership. Without IndexedDB it holds for this page only. */
export class Outbox {
  constructor(scope) {
    this.scope = scope;
    this.memory = new Map();
    this.opened = database().catch(() => null);
  }

  async #store(mode) {
    const db = await this.opened;
    return db ? db.transaction(STORE, mode).objectStore(STORE) : null;
  }

  async put(command) {
    const row = { id: command.id, scope: this.scope, at: Date.now(), command };
    this.memory.set(row.id, row);
    const store = await this.#store("readwrite");
    if (store) await done(store.put(row));
  }

  async remove(id) {
    this.memory.delete(id);
    const store = await this.#store("readwrite");
    if (store) await done(store.delete(id));
  }

  /** Return what waits, oldest first. */
  async waiting() {
    const store = await this.#store("readonly");
    const rows = store ? await done(store.getAll()) : Array.from(this.memory.values());
    return rows
      .filter((row) => row.scope === this.scope)
      .sort((a, b) => a.at - b.at)
      .map((row) => row.command);
  }
}
