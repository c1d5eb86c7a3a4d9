internal import LabDomain
internal import LabStore

/// Makes reports out of what the store holds: opens the person's details and names the parties.
struct ReportMaker {
    let rules: Rules
    let vault: IdentityVault

    /// The report of a released answer.
    /// - Throws: `ReportFaults` with every reason why it is held.
    func report(of answer: ReleasedAnswer) throws -> Report {
        try report(of: answer, details: try vault.open(answer.details, of: answer.person))
    }

    /// The report of a released answer whose person's details are open already.
    func report(
        of answer: ReleasedAnswer, details: PersonDetails
    ) throws(ReportFaults) -> Report {
        let settings = rules.settings
        let assay = settings.assays.values.first { $0.name == answer.assay }
        let testing: Report.Testing =
            if let pool = answer.pool {
                .laboratoryPool(pool, size: answer.poolSize ?? 1)
            } else if answer.kind == .mixed {
                .mixedTube(people: answer.peopleInTube)
            } else {
                .alone(assay.targetReadings(of: answer.readings))
            }
        let id = Identifiers.make("RP", from: [answer.tube.text, answer.person.text])
        return try Report(
            id: ReportID(id), route: settings.reportRoute, laboratory: settings.reportLaboratory,
            unit: Report.SendingUnit(name: answer.unit),
            person: Report.Person(id: answer.person, details: details),
            specimen: Report.Specimen(tube: answer.tube, testing: testing),
            times: Report.Times(
                collectedAt: answer.collectedAt, receivedAt: answer.receivedAt,
                testedAt: answer.testedAt, releasedAt: answer.releasedAt, zone: settings.zone),
            outcome: answer.outcome, method: assay.method(named: answer.assay),
            enteredBy: answer.enteredBy, reviewedBy: answer.reviewedBy)
    }
}
