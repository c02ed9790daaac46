/** Whether a file of the templates folder, by its path inside it, has to do with mails or pages; `monitoring` is for Prometheus and Grafana. */
export const isOfMails = (path: string): boolean => !/^monitoring[/\\]/.test(path);
