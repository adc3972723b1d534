/** HTTP: requests, answers, streams, files of the page. */
@NullMarked
package id.cakupan.dashboard.web;

import org.jspecify.annotations.NullMarked;
