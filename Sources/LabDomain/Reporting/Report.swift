/// One person's report of one specimen: everything that a message to an authority needs.
///
/// Whole by existing: a report that lacks something is held with the list of reasons and never
/// sent blank (REP-1). It holds a person in clear, so printing one shows its identifier only.
package struct Report: Hashable, Sendable {
    /// The report's own identifier, from which the message's is made (MSH-10).
    package let id: ReportID
    /// Which system sends it and which one takes it (MSH-3, MSH-5, MSH-6).
    package let route: Route
    /// Who tested (MSH-4, OBX-23, OBX-24).
    package let laboratory: Laboratory
    /// Who sent the specimen in (ORC-21 to ORC-23).
    package let unit: SendingUnit
    /// Whose specimen it is (PID).
    package let person: Person
    /// The specimen and how it was tested (SPM, OBX).
    package let specimen: Specimen
    /// What happened when (OBR-7, SPM-17, SPM-18, OBX-19, OBR-22).
    package let times: Times
    /// What was found (OBX-5).
    package let outcome: Outcome
    /// With what it was found (OBX-17).
    package let method: Method
    /// The handle of whoever entered the run (OBR-34).
    package let enteredBy: String
    /// The handle of whoever reviewed it (OBR-32).
    package let reviewedBy: String

    /// A report of parts that fit each other.
    /// - Throws: Every reason why it must be held, in the order of `ReportFault`.
    package init(
        id: ReportID, route: Route, laboratory: Laboratory, unit: SendingUnit, person: Person,
        specimen: Specimen, times: Times, outcome: Outcome, method: Method, enteredBy: String,
        reviewedBy: String
    ) throws(ReportFaults) {
        self.id = id
        self.route = route
        self.laboratory = laboratory
        self.unit = unit
        self.person = person
        self.specimen = specimen
        self.times = times
        self.outcome = outcome
        self.method = method
        self.enteredBy = enteredBy
        self.reviewedBy = reviewedBy
        let faults = parts.faults(of: [
            (.personID, person.id.text), (.personName, person.details.name),
        ])
        guard faults.isEmpty else { throw ReportFaults(faults: faults) }
    }
}

extension Report {
    /// What this report has in common with one of the environment.
    package var parts: ReportParts {
        ReportParts(
            id: id, route: route, laboratory: laboratory, unit: unit, specimen: specimen,
            times: times, outcome: outcome, method: method, enteredBy: enteredBy,
            reviewedBy: reviewedBy)
    }
}

extension Report: CustomStringConvertible {
    /// The identifier alone, so that a log cannot carry the person.
    package var description: String { "Report(\(id))" }
}

extension Report: CustomReflectable {
    /// Without children: `dump` and failing tests print through a mirror.
    package var customMirror: Mirror { Mirror(self, children: []) }
}
