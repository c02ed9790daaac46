interface OpenGraphProps {
  readonly type: 'website' | 'article';
  readonly title: string;
  readonly description: string;
  readonly url: string;
  /** BCP 47. */
  readonly language: string;
  readonly siteName?: string;
  /** ISO 8601. */
  readonly publishedAt?: string;
  readonly image?: { readonly url: string; readonly alt: string };
}

/** What a link to a page is shown with elsewhere (ogp.me). */
export const OpenGraph = (props: OpenGraphProps) => {
  const { type, title, description, url, language, siteName, publishedAt, image } = props;
  return (
    <>
      <meta property="og:type" content={type} />
      <meta property="og:title" content={title} />
      {description !== '' && <meta property="og:description" content={description} />}
      <meta property="og:url" content={url} />
      <meta property="og:locale" content={language.replaceAll('-', '_')} />
      {siteName !== undefined && <meta property="og:site_name" content={siteName} />}
      {publishedAt !== undefined && <meta property="article:published_time" content={publishedAt} />}
      {image !== undefined && <meta property="og:image" content={image.url} />}
      {image !== undefined && image.alt !== '' && <meta property="og:image:alt" content={image.alt} />}
      <meta name="twitter:card" content={image === undefined ? 'summary' : 'summary_large_image'} />
    </>
  );
};
