import { existsSync } from "node:fs";
import { buildExtension } from "./build-extension.ts";
import { builtExtension, builtForFirefox } from "./paths.ts";
import { startPostgres } from "./start-postgres.ts";

/** Before the first worker: the built extension and one PostgreSQL. Returns the teardown, as Playwright wants it. */
export default async function globalSetup(): Promise<() => Promise<void>> {
	// `npm test` has built it already; `npm run e2e` on its own always tests what the sources say now.
	const folders = [builtExtension, builtForFirefox];
	if (!process.env.SHEAF_EXTENSION_BUILT || !folders.every((folder) => existsSync(`${folder}/manifest.json`))) {
		const { code, output } = await buildExtension();
		if (code !== 0) throw new Error(`The extension could not be built:\n${output}`);
	}
	return await startPostgres();
}
