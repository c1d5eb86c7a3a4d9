package import LabDomain
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

    /// A part of the tubes that are somebody's to see, those registered last first.
    ///
    /// A unit or site may ask for those alone that are not answered, or were collected on a day of
    /// the laboratory's zone.
    package func newestResults(
        isOpenAlone: Bool, on day: CalendarDay?, after: String, as handle: String
    ) throws -> Part<TubeResult> {
        let zone = try rules().settings.zone
        return try look(.seeBoxes, as: handle) { view, member in
            let scope = try member.place()
            let isWhole = scope == .laboratory
            return try view.newestResults(
                of: scope, isOpenAlone: isOpenAlone && !isWhole,
                day: isWhole ? nil : day.map { zone.start(of: $0)..<zone.start(of: $0.next) },
                after: after)
        }
    }

    /// One tube that is somebody's to see; nil when there is none, or it is another's.
    package func result(of tube: String, as handle: String) throws -> TubeResult? {
        try look(.seeBoxes, as: handle) { view, member in
            try view.result(of: TubeID(normalised(tube)), for: try member.place())
        }
    }
}
