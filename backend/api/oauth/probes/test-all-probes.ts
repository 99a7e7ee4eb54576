import { bearerProbes } from "./test-bearer-probes.ts";
import { codeProbes } from "./test-code-probes.ts";
import { deviceProbes } from "./test-device-probes.ts";
import { enumerationProbes } from "./test-enumeration-probes.ts";
import { exchangeProbes } from "./test-exchange-probes.ts";
import { formProbes } from "./test-form-probes.ts";
import { guessingProbes } from "./test-guessing-probes.ts";
import { linkProbes } from "./test-link-probes.ts";
import { pageProbes } from "./test-page-probes.ts";
import type { ProbeGroup } from "./test-probe.ts";
import { proofProbes } from "./test-proof-probes.ts";
import { refreshProbes } from "./test-refresh-probes.ts";
import { redirectProbes, requestProbes } from "./test-request-probes.ts";
import { takeoverProbes } from "./test-takeover-probes.ts";
import { upstreamProbes } from "./test-upstream-probes.ts";
import { workspaceProbes } from "./test-workspace-probes.ts";

/** Every attack, in the order of the flow. A group is a file and a line here. */
export const allProbes: readonly ProbeGroup[] = [
	redirectProbes,
	requestProbes,
	formProbes,
	pageProbes,
	enumerationProbes,
	guessingProbes,
	codeProbes,
	proofProbes,
	refreshProbes,
	bearerProbes,
	deviceProbes,
	upstreamProbes,
	takeoverProbes,
	linkProbes,
	exchangeProbes,
	workspaceProbes,
];
