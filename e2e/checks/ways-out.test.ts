import { expect, test } from "bun:test";
import { filesUnder, isCode, isTest, linesMatching } from "./source-files.ts";

/** Who may open a connection, and why it does not go where a person says. */
const doors: Readonly<Record<string, string>> = {
	"backend/connectors/http.ts": "the guarded way out",
	"backend/connectors/dial.ts": "the guarded way out for sockets",
	"backend/connectors/checked-address.ts": "the one look-up of a name",
	"backend/connectors/postgres/session.ts": "encrypts a socket of the guarded dial",
	"backend/api/electric/get-shape.ts": "passes a stream on from the one address that the operator sets",
	"backend/cli/commands.ts": "a person's own terminal, to the backend they name",
};

const sockets =
	/\b(?:globalThis\.|await |return |=> )fetch\(|\bBun\.(?:connect|udpSocket)\(|new WebSocket\(|import \{[^}]*\b(?:connect|request|lookup|createConnection|get)\b[^}]*\} from "node:(?:net|tls|https?|http2|dgram|dns)/;

test("SEC-2: no part of the backend opens a connection but the guarded doors", () => {
	const ours = filesUnder("backend").filter(
		({ path }) => isCode(path) && !isTest(path) && !/\/(?:test-[^/]*|testing\/|simulator|conformance)/.test(path),
	);
	expect(ours.length).toBeGreaterThan(200);
	const lines = linesMatching(ours, sockets).filter((line) => doors[line.split(":")[0] ?? ""] === undefined);
	// A `fetch` that is handed in is the guarded one in the form that a library takes.
	const handedIn = /^backend\/(?:identity\/upstream\/(?:oidc-upstream|github)|connectors\/notion\/api)\.ts:/;
	expect(lines.filter((line) => !handedIn.test(line))).toEqual([]);
	for (const path of Object.keys(doors))
		expect(
			linesMatching(
				filesUnder("backend").filter((file) => file.path === path),
				sockets,
			),
			path,
		).not.toEqual([]);
});
