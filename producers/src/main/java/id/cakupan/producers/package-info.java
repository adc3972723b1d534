/** Takes events out of project systems and sends them: file import, simulator, keys of pseudonyms. */
@NullMarked
package id.cakupan.producers;

import org.jspecify.annotations.NullMarked;
