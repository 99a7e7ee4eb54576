import { join } from "node:path";
import type { S3Settings } from "./blobs/store/s3-store.ts";
import type { Reader } from "./env-reader.ts";

/** Where the bytes of pictures and files are, how many there may be, and how long what nobody needs is kept. */
export type BlobsEnv = {
	store: { kind: "files"; directory: string } | ({ kind: "s3" } & S3Settings);
	/** Of one workspace, with what is on its way. */
	quotaBytes: number;
	/** An upload that nothing was added to for so long is begun anew. */
	unfinishedHours: number;
	/** What nothing refers to stays so long after a device last said that it has it. */
	keepDays: number;
};

const megabyte = 1024 * 1024;

export function parseBlobsEnv(read: Reader, dataDir: string): BlobsEnv {
	return {
		store: s3(read) ?? { kind: "files", directory: join(dataDir, "blobs") },
		quotaBytes: read.count("SHEAF_BLOB_QUOTA_MB", 1024) * megabyte,
		unfinishedHours: read.count("SHEAF_BLOB_UNFINISHED_HOURS", 48),
		keepDays: read.count("SHEAF_BLOB_KEEP_DAYS", 30),
	};
}

/** Set as a whole or not at all: bytes must not land in the data directory because one of five lines is missing. */
function s3(read: Reader): ({ kind: "s3" } & S3Settings) | null {
	const names = ["SHEAF_S3_ENDPOINT", "SHEAF_S3_BUCKET", "SHEAF_S3_ACCESS_KEY", "SHEAF_S3_SECRET_KEY"] as const;
	if (names.every((name) => read.text(name) === null)) return null;
	const [endpoint, bucket, accessKeyId, secretAccessKey] = names.map((name) => read.text(name) ?? read.missing(name));
	return {
		kind: "s3",
		endpoint: endpoint === "" ? "" : read.url("SHEAF_S3_ENDPOINT", ""),
		bucket: bucket ?? "",
		region: read.text("SHEAF_S3_REGION") ?? "us-east-1",
		accessKeyId: accessKeyId ?? "",
		secretAccessKey: secretAccessKey ?? "",
	};
}
