/** A sheet as text, for documents that the extension makes itself. */
declare module "*.css?inline" {
	const css: string;
	export default css;
}

/** A sheet of a part that is loaded when it is first opened: the build fetches the two together. */
declare module "*/pick.css";
