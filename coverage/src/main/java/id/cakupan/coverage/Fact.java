package id.cakupan.coverage;

/** Something that a source said about one id. Facts about the same id merge by {@link Stamp}: last writer wins. */
public sealed interface Fact permits WorkerFact, ProjectFact {
    /** When and as what it was said. */
    Stamp stamp();
}
