// A message of another conversation that the server refused goes back into that conversation's draft.

import { draftName } from "./drafts.js";
import { one } from "./dom.js";
import { whenOutbox } from "./outbox.js";
import { keep, kept } from "./store.js";
import { toast } from "./toast.js";

function takeBack({ entry, failure }) {
  if (one(`[data-composer][data-draft="${entry.conversation}"]`)) return;
  const name = draftName(entry.conversation);
  const draft = kept(name) ?? { fields: [], files: [] };
  const written = draft.fields.find(([field]) => field === "body")?.[1];
  const body = [entry.body, written].filter(Boolean).join("\n\n");
  keep(name, { fields: [["body", body]], files: [...entry.files, ...draft.files] });
  toast(failure.message, { sign: "circle-alert" });
}

export function begin() {
  whenOutbox("refused", takeBack);
}
