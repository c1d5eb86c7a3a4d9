internal import LabDomain
package import LabStore

extension Laboratory {
    /// A part of the tubes that are somebody's to see, with their released answers (API-6).
    package func results(
        box: String?, after: String, size: Int = 100, as handle: String
    ) throws -> Part<TubeResult> {
        try look(.seeBoxes, as: handle) { view, member in
            try view.results(
                of: try member.place(), box: box.map { BoxID(normalised($0)) }, after: after,
                size: size)
        }
    }

    /// One tube that is somebody's to see; nil when there is none, or it is another's.
    package func result(of tube: String, as handle: String) throws -> TubeResult? {
        try look(.seeBoxes, as: handle) { view, member in
            try view.result(of: TubeID(normalised(tube)), for: try member.place())
        }
    }
}
