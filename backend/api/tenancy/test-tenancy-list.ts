import { sqlProbes } from "../../db/tenancy/test-sql-probes.ts";
import { renderedProbes } from "../testing/test-probe-table.ts";
import { idProbes } from "./test-id-probes.ts";
import { personProbes, sessionProbes } from "./test-session-probes.ts";
import { sideDoorProbes } from "./test-side-door-probes.ts";
import type { TenancyGroup } from "./test-tenancy-world.ts";
import { writeProbes } from "./test-write-probes.ts";

/** Every attack over HTTP. A group is a file and a line here. */
export const httpProbes: readonly TenancyGroup[] = [idProbes, writeProbes, sessionProbes, personProbes, sideDoorProbes];

/** Run by itself, this file writes the list anew. */
export const listPath = new URL("../../docs/tenancy-probes.md", import.meta.url).pathname;
const command = "node_modules/.bin/bun backend/api/tenancy/test-tenancy-list.ts";

const head = `# What one tenant tries on another, and what is answered

Two people own a workspace each and have nothing to do with one another; a third may look at the first one's. \`npm test\` makes each of
these attacks and compares the answer, word for word, with the promise: those over HTTP on the real app, once as it is and once with
row-level security switched off in every table; those in SQL as the API's own database role. The code is in
[backend/api/tenancy](../api/tenancy) and [backend/db/tenancy](../db/tenancy); this list is written by
\`${command}\`, and a test compares the two.

Besides, generated from /openapi.json: every route without a token, with one that expired and with one for another audience
([route-walk](../api/route-walk.test.ts)), every place of an id ([route-ids](../api/route-ids.test.ts)), every role
([route-roles](../api/route-roles.test.ts)); and each of the three layers switched off ([layers](../api/layers.test.ts)). No answer's time
is measured: absent and foreign rows are looked for by the same statement and the same index.

What row-level security goes by are three settings of a transaction, which \`asTenant\` makes of a verified token. Whoever could run SQL of
their own as the API's role could make others: that no text becomes SQL is therefore among the attacks below.
`;

export function renderedList(): string {
	return renderedProbes(head, [...httpProbes, sqlProbes]);
}

if (import.meta.main) {
	await Bun.write(listPath, renderedList());
}
