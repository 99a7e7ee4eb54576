/**
 * Who may import whom (the seven import rules of the README's map). Each `comment` is the promise `npm run check` prints
 * when it is broken. `e2e/support/run-checks.ts` also fails when suspiciously few modules were cruised: version 17 reads
 * no TypeScript at all under a compiler it does not know, and passes.
 */
const tests = "\\.(test|spec)\\.tsx?$";
const testSupport = "(test-database|/simulator/|/simulator\\.ts$|/conformance\\.ts$|/test-|/fixtures/)";
const domainRooms =
	"^backend/(identity|records|recipes|bulk|connections|targets|sync|jobs|audit|vault|workspaces|departure|settings|events|blobs|live|diagnostics)/";

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
	forbidden: [
		{
			name: "extension-imports-the-contract-as-types-only",
			comment: "1. The extension imports nothing of the backend but backend/contract, and only as types.",
			severity: "error",
			from: { path: "^extension/", pathNot: tests },
			to: { path: "^backend/", dependencyTypesNot: ["type-only"] },
		},
		{
			name: "extension-imports-only-the-contract",
			comment: "1. The extension imports nothing of the backend but backend/contract, and only as types.",
			severity: "error",
			from: { path: "^extension/", pathNot: tests },
			to: { path: "^(backend/(?!contract/)|e2e/)" },
		},
		{
			name: "contract-imports-the-schema-library-only",
			comment: "2. The contract imports the schema library and nothing else.",
			severity: "error",
			from: { path: "^backend/contract/", pathNot: tests },
			to: { pathNot: "^(backend/contract/|node_modules/@sinclair/typebox/)" },
		},
		{
			name: "a-connector-sees-only-its-own-door",
			comment: "3. A connector sees no request, job, database handle, environment variable or other connector.",
			severity: "error",
			from: { path: "^backend/connectors/([^/]+)/", pathNot: `${tests}|/simulator` },
			to: {
				path: "^(backend|extension|e2e)/",
				pathNot: "^backend/(contract/|connectors/[^/]+\\.ts$|connectors/$1/)",
			},
		},
		{
			name: "api-holds-no-sql",
			comment: "4. The API holds no SQL and no business rule.",
			severity: "error",
			from: { path: "^backend/api/", pathNot: tests },
			to: { path: "^node_modules/(postgres|pg|node-pg-migrate)/" },
		},
		{
			name: "domain-rooms-know-no-http",
			comment: "4. Domain rooms know no status code, header or route.",
			severity: "error",
			from: { path: domainRooms, pathNot: `${tests}|${testSupport}` },
			to: { path: "^(backend/(api/|main\\.ts)|node_modules/(elysia|@elysiajs|@bull-board)/)" },
		},
		{
			name: "only-the-registry-runs-jobs",
			comment: "5. Anyone may import a job's payload; only jobs/registry.ts and tests import its run.ts.",
			severity: "error",
			from: { path: "^(backend|extension)/", pathNot: `^backend/jobs/registry\\.ts$|${tests}` },
			to: { path: "^backend/jobs/[^/]+/run\\.ts$" },
		},
		{
			name: "only-db-sees-the-pool",
			comment:
				"6. Tenant data only through asTenant: no room but db/ opens a connection (connectors/postgres to the person's own).",
			severity: "error",
			from: {
				path: "^(backend|extension)/",
				pathNot: `^backend/(db|embedded|jobs|start|connectors/postgres)/|${tests}`,
			},
			to: { path: "^node_modules/(postgres|pg)/", dependencyTypesNot: ["type-only"] },
		},
		{
			name: "only-the-outbox-database-imports-idb",
			comment:
				"6. IndexedDB only through outbox/database.ts, blobs/blob-database.ts, the session's key store and the diagnostics' ring.",
			severity: "error",
			from: {
				path: "^extension/",
				pathNot: `^extension/((outbox|blobs|diagnostics)/[a-z-]*database|api/[a-z-]*(database|store))[a-z-]*\\.ts$|${tests}`,
			},
			to: { path: "^node_modules/idb/", dependencyTypesNot: ["type-only"] },
		},
		{
			name: "capture-touches-no-browser",
			comment: "6. Capture is pure: it sees the document it is given, no browser API and no network.",
			severity: "error",
			from: { path: "^extension/capture/", pathNot: tests },
			to: {
				path: "^(node_modules/(wxt|webextension-polyfill|idb)/|extension/(api|outbox|settings|messages|ui|entrypoints)/)",
			},
		},
		{
			name: "no-test-support-in-production",
			comment: "7. Simulators and test support are never imported by production code.",
			severity: "error",
			from: { path: "^(backend|extension)/", pathNot: `${tests}|${testSupport}` },
			to: { path: testSupport, pathNot: "^node_modules/" },
		},
		{
			name: "no-cycles",
			comment: "7. No cycles.",
			severity: "error",
			from: { pathNot: "^node_modules/" },
			to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
		},
		{
			name: "nothing-imports-upward",
			comment: "7. Nothing imports upward: not the composition root, not an entrypoint, not the browser tests.",
			severity: "error",
			from: { path: "^(backend|extension)/", pathNot: tests },
			to: {
				path: "^(backend/main\\.ts$|extension/entrypoints/.*\\.(ts|tsx)$|e2e/)",
				pathNot: "^extension/entrypoints/",
			},
		},
		{
			name: "everything-resolves",
			comment: "Every import resolves to a file or a listed package.",
			severity: "error",
			from: {},
			to: { couldNotResolve: true, pathNot: ["^bun$", "^bun:", "^#imports$", "\\.css(\\?inline)?$", "\\.html$"] },
		},
	],
	options: {
		doNotFollow: { path: "^node_modules/" },
		exclude: { path: "^(dist|\\.wxt|\\.output|e2e/sites)/" },
		tsPreCompilationDeps: true,
		tsConfig: { fileName: "tsconfig.json" },
		enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["bun", "import", "types", "default"] },
	},
};
