// Judges pages by Lighthouse's mobile profile, each several times in a new browser.
// One line of JSON on standard input: {chromium, arguments, cookie, runs, urls}; for each run of each page one line of
// JSON on standard output: {url, scores: {performance, accessibility, "best-practices"}, measures, found}.
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";
import { createInterface } from "node:readline";

const CATEGORIES = ["performance", "accessibility", "best-practices"];
const ATTEMPTS = 3;
const MEASURES = [
  "first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift", "speed-index",
];

for await (const line of createInterface({ input: process.stdin })) {
  const wanted = JSON.parse(line);
  for (const url of wanted.urls) {
    for (let run = 0; run < wanted.runs; run++) {
      console.log(JSON.stringify(await judge(url, wanted)));
    }
  }
  break;
}

// A machine that is busy with something else can lose the beginning of a recording.
async function judge(url, wanted) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await judgeOnce(url, wanted);
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
    }
  }
}

async function judgeOnce(url, wanted) {
  const browser = await launch({
    chromePath: wanted.chromium,
    chromeFlags: ["--headless=new", ...wanted.arguments],
    logLevel: "silent",
  });
  try {
    const { lhr } = await lighthouse(url, {
      port: browser.port,
      logLevel: "silent",
      output: "json",
      onlyCategories: CATEGORIES,
      extraHeaders: { Cookie: wanted.cookie },
    });
    if (lhr.runtimeError) throw new Error(`${url}: ${lhr.runtimeError.message}`);
    const weighed = new Map(
      CATEGORIES.flatMap((name) => lhr.categories[name].auditRefs.filter((ref) => ref.weight).map((ref) => [ref.id, name])),
    );
    return {
      url,
      at: lhr.finalDisplayedUrl,
      scores: Object.fromEntries(CATEGORIES.map((name) => [name, Math.round(lhr.categories[name].score * 100)])),
      measures: Object.fromEntries(MEASURES.map((name) => [name, lhr.audits[name].numericValue])),
      found: [...weighed.keys()]
        .map((id) => lhr.audits[id])
        .filter((audit) => audit.score !== null && audit.score < 0.9)
        .map((audit) => `${audit.id}: ${audit.title}${places(audit)}`),
    };
  } finally {
    await browser.kill();
  }
}

function places(audit) {
  const items = (audit.details?.items ?? []).slice(0, 3);
  const told = items.map((item) => item.node?.snippet ?? item.url ?? item.description ?? item.source).filter(Boolean);
  return told.length ? ` (${told.join("; ").slice(0, 300)})` : "";
}
