/**
 * The one PostgreSQL of a run, as a process of its own on Bun: starts a throw-away cluster with a migrated template,
 * writes its address to the file named by the first argument, and ends with its parent (when its input closes).
 */
import { writeFileSync } from "node:fs";
import { createTestDatabase } from "../../backend/db/test-database.ts";

const [addressFile] = process.argv.slice(2);
if (!addressFile) throw new Error("Say which file the address is to be written to.");
const { url, databaseKey } = await createTestDatabase();
writeFileSync(addressFile, JSON.stringify({ url, databaseKey }));
process.stdin.on("end", () => process.exit(0)).resume();
