// Lighthouse's usual configuration, but robots.txt is fetched as crawlers do it. It asks from within the page otherwise, and a page
// whose policy lets it connect to nothing (connect-src) may not ask, though every crawler may.
import usual from "lighthouse/core/config/default-config.js";
import Gatherer from "lighthouse/core/gather/base-gatherer.js";

class RobotsTxt extends Gatherer {
    meta = { supportedModes: ["snapshot", "navigation"] };

    async getArtifact(context) {
        const answer = await fetch(new URL("/robots.txt", context.baseArtifacts.URL.finalDisplayedUrl));
        return { status: answer.status, content: answer.ok ? await answer.text() : null };
    }
}

export default {
    ...usual,
    artifacts: usual.artifacts.map((each) => (each.id === "RobotsTxt" ? { ...each, gatherer: { implementation: RobotsTxt } } : each)),
};
