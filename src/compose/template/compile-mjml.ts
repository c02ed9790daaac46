/** What MJML has against its input; the line is counted in that input. */
export interface MjmlFault {
  readonly line?: number;
  readonly message: string;
}

/** MJML → HTML with every style in its place, or what is wrong with it. Reads no files, names no fonts to fetch. */
export async function compileMjml(mjml: string): Promise<{ html: string } | { faults: MjmlFault[] }> {
  // mjml takes half a second to load, which only those who render should pay.
  const { default: mjml2html } = await import('mjml');
  try {
    const { html } = await mjml2html(mjml, {
      fonts: {},
      ignoreIncludes: true,
      validationLevel: 'strict',
      keepComments: false,
      minify: true,
      minifyOptions: MINIFY,
      juiceOptions: INLINE,
    });
    return { html };
  } catch (error) {
    return { faults: faultsOf(error) };
  }
}

// Full CSS minifying asks for a package mjml does not bring, and without `skipConfigLoading` htmlnano looks for
// settings in the working folder.
const MINIFY = { minifyCss: false, skipConfigLoading: true } as const;

// `height: auto` in a style would become an attribute, in the place of the pixels that Outlook goes by.
const INLINE = { applyWidthAttributes: false, applyHeightAttributes: false } as const;

function faultsOf(error: unknown): MjmlFault[] {
  if (!(error instanceof Error)) throw error;
  const errors: unknown = 'errors' in error ? error.errors : undefined;
  if (!Array.isArray(errors) || errors.length === 0) return [{ message: error.message }];
  return errors.map(({ line, message, tagName }: { line: number; message: string; tagName: string }) => ({
    line,
    message: `<${tagName}>: ${message}`,
  }));
}
