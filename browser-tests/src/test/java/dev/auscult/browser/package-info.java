/** Tests that open pages in a real browser. */
package dev.auscult.browser;
