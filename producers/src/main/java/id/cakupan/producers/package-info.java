/** Takes events out of project systems and sends them: file import, simulator, pseudonyms, the publisher they share. */
@NullMarked
package id.cakupan.producers;

import org.jspecify.annotations.NullMarked;
