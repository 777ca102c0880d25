// On the page that stands in when the server cannot be reached: it comes back by itself.

const SECONDS = 15;

const isBack = async () => {
  try {
    const answer = await fetch("/healthz", { cache: "no-store" });
    return answer.ok;
  } catch {
    return false;
  }
};

async function again() {
  if (navigator.onLine && (await isBack())) location.reload();
}

addEventListener("online", again);
setInterval(again, SECONDS * 1_000);
