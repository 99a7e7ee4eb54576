import { useId } from "preact/hooks";
import { locale } from "../../../i18n/locale.ts";
import { Button } from "../../parts/button.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Problem } from "../../parts/problem.tsx";
import { fileWords as words } from "../../words/files.ts";
import { optionsWords } from "../../words/options.ts";
import { acceptedFiles } from "./file-kinds.ts";
import { focusOnce } from "./focus-once.ts";
import { type AddedFile, type FileUpload, useFileUpload } from "./use-file-upload.ts";

type FileFieldProps = {
	/** The file that is there now, where another one takes its place. */
	nameNow: string | undefined;
	/** It was submitted without one. */
	problem: string | null;
	onAdded: (file: AddedFile | null) => void;
};

/**
 * Chooses a file, or takes one that is dropped: the browser's own input for files fills the whole field, so that keys, assistive technology and
 * dropping are the browser's. The file is on its way as soon as it is chosen.
 */
export function FileField({ nameNow, problem, onAdded }: FileFieldProps) {
	const id = useId();
	const { upload, take } = useFileUpload(onAdded);
	const choose = (input: HTMLInputElement) => {
		const file = input.files?.[0];
		if (file) void take(file);
	};
	const failed = upload.step === "failed" ? upload : null;
	return (
		<div class="form-line">
			<label for={id}>{words.label}</label>
			<div class="drop">
				<Icon name="page" />
				<span>{upload.step === "none" ? (nameNow ?? words.choose) : upload.name}</span>
				<span class="muted">{words.dropHint}</span>
				<input
					id={id}
					ref={focusOnce}
					type="file"
					accept={acceptedFiles}
					aria-describedby={`${id}-said`}
					{...(problem || failed ? ({ "aria-invalid": "true" } as const) : {})}
					onChange={(event) => choose(event.currentTarget)}
				/>
			</div>
			{upload.step === "sending" && <Sending upload={upload} />}
			<p class="muted" id={`${id}-said`} role="status">
				{problem && <span class="field-problem">{problem} </span>}
				{said(upload)}
			</p>
			<Problem>{failed?.problem ?? null}</Problem>
			{failed?.file && <Again file={failed.file} take={take} />}
		</div>
	);
}

/** Without how far it is: that would be read out at every part. */
function said({ step }: FileUpload): string {
	if (step === "reading") return words.reading;
	if (step === "sending") return words.sending;
	return step === "there" ? words.there : words.kinds;
}

function Sending({ upload }: { upload: Extract<FileUpload, { step: "sending" }> }) {
	const { name, sentBytes, byteSize } = upload;
	return (
		<span class="drop-progress">
			<progress max={byteSize} value={sentBytes} aria-label={words.sendingName(name)} />
			<span class="muted" aria-hidden="true">
				{new Intl.NumberFormat(locale, { style: "percent" }).format(sentBytes / byteSize)}
			</span>
		</span>
	);
}

function Again({ file, take }: { file: File; take: (file: File) => Promise<void> }) {
	return (
		<div class="form-buttons">
			<Button onPress={() => void take(file)}>{optionsWords.tryAgain}</Button>
		</div>
	);
}
