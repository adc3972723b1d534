@NullMarked
package id.cakupan.dashboard.web;

import org.jspecify.annotations.NullMarked;
