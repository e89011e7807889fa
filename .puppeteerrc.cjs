/** `npm ci` never downloads a browser: Debian's Chromium is used (PUPPETEER_EXECUTABLE_PATH). */
module.exports = { skipDownload: true };
