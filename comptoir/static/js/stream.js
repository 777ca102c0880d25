// One server-sent stream that is always either open or about to be.

const KINDS = ["hello", "change", "desk", "typing", "sync", "degraded", "revoked", "replaced", "goodbye"];
const FIRST_WAIT = 500;
const LONGEST_WAIT = 15_000;

/**
 * The browser's own reconnecting gives up at the first answer that is not a stream (a proxy's 502 while the server
 * restarts), so none of it is used: at any failure the source is closed and opened anew after a wait of our own.
 */
export class Stream {
  #url;
  #tell;
  #source = null;
  #timer;
  #tries = 0;

  /** `tell(kind, data)` hears what the server sends, and "down" when the line is cut. */
  constructor(url, tell) {
    this.#url = url;
    this.#tell = tell;
  }

  open() {
    this.close();
    this.#source = new EventSource(this.#url);
    for (const kind of KINDS) {
      this.#source.addEventListener(kind, (event) => this.#heard(kind, JSON.parse(event.data)));
    }
    this.#source.addEventListener("error", () => this.#again(this.#wait()));
  }

  close() {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
  }

  #heard(kind, data) {
    if (kind === "hello") this.#tries = 0;
    if (kind === "revoked" || kind === "replaced") this.close();
    this.#tell(kind, data);
    if (kind === "goodbye") this.#again(this.#wait());
  }

  #again(wait) {
    this.close();
    this.#tell("down", {});
    this.#timer = setTimeout(() => this.open(), wait);
  }

  /** Longer each time, and different for each page, so that a server that comes back is not run over. */
  #wait() {
    const longest = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.#tries);
    this.#tries += 1;
    return longest * (0.5 + Math.random());
  }
}
