/// Something that followed from a run and is not as the run left it.
package struct MovedOn: Hashable, Sendable {
    /// What followed.
    package enum Kind: String, Sendable {
        case test
        case answer
        case recollection
        case task
        case delivery
        case rejection
    }

    package let kind: Kind
    /// The tube, pool or place that it is about.
    package let about: String
    /// The state in which it is now.
    package let state: String
}
