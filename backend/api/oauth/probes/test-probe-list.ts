import { renderedProbes } from "../../testing/test-probe-table.ts";
import { allProbes } from "./test-all-probes.ts";
import type { ProbeGroup } from "./test-probe.ts";

/** Run by itself, this file writes the list anew. */
export const listPath = new URL("../../../docs/oauth-probes.md", import.meta.url).pathname;
const command = "node_modules/.bin/bun backend/api/oauth/probes/test-probe-list.ts";

const head = `# What is tried on the way to a session, and what is answered

\`npm test\` makes each of these attacks on the real app over HTTP and compares its answer, word for word, with the promise. The code is in
[backend/api/oauth/probes](../api/oauth/probes); this list is written by \`${command}\`, and a test compares the two.
`;

/** The list as people read it. */
export function renderedList(groups: readonly ProbeGroup[]): string {
	return renderedProbes(head, groups);
}

if (import.meta.main) await Bun.write(listPath, renderedList(allProbes));
