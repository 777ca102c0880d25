// What is kept in this browser until it is safe on the server.

/** The value under a name, or undefined; also where a browser keeps nothing or the value is not ours. */
export function kept(name) {
  try {
    return JSON.parse(localStorage.getItem(name) ?? "null") ?? undefined;
  } catch {
    return undefined;
  }
}

/** False where the browser refuses (private window, full): then the text stays on the page only. */
export function keep(name, value) {
  try {
    if (value === undefined) localStorage.removeItem(name);
    else localStorage.setItem(name, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

export const drop = (name) => keep(name, undefined);

export function keptNames(prefix) {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(prefix));
  } catch {
    return [];
  }
}

/** Another tab of the same browser changed what is kept under this name. */
export function whenChangedElsewhere(name, tell) {
  addEventListener("storage", (event) => {
    if (event.key === name) tell();
  });
}
