/// The report of a specimen of the environment: a surface, a package, a place.
///
/// It has no person, so that ORU^R01 has no place for it: it goes out as FHIR or as a table.
package struct EnvironmentalReport: Hashable, Sendable {
    /// What it has in common with a person's report.
    package let parts: ReportParts
    /// Where the swab was taken.
    package let place: String

    /// A report of parts that fit each other; the specimen is one of the environment.
    /// - Throws: Every reason why it must be held, in the order of `ReportFault`.
    package init(_ parts: ReportParts, place: String) throws(ReportFaults) {
        self.parts = parts
        self.place = place
        let faults = parts.faults(of: [(.place, place)])
        guard faults.isEmpty else { throw ReportFaults(faults: faults) }
    }
}

/// A result on its way out of the laboratory.
package enum ReportedResult: Hashable, Sendable {
    /// One person's.
    case person(Report)
    /// That of a place.
    case environment(EnvironmentalReport)

    /// What both kinds have.
    package var parts: ReportParts {
        switch self {
        case .person(let report): report.parts
        case .environment(let report): report.parts
        }
    }

    /// The person, where there is one.
    package var person: Report.Person? {
        if case .person(let report) = self { report.person } else { nil }
    }

    /// The place of a specimen of the environment.
    package var place: String? {
        if case .environment(let report) = self { report.place } else { nil }
    }
}
