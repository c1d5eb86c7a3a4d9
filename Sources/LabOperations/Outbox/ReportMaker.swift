internal import LabDomain
internal import LabStore

/// Makes reports out of what the store holds: opens the person's details and names the parties.
struct ReportMaker {
    let rules: Rules
    let vault: IdentityVault

    /// The report of a released answer, for a receiver or for the one that the settings name.
    /// - Throws: `ReportFaults` with every reason why it is held.
    func report(of answer: ReleasedAnswer, to receiver: Receiver? = nil) throws -> Report {
        let details = try vault.open(answer.details, of: answer.person)
        return try report(of: answer, details: details, to: receiver)
    }

    /// The report of a released answer whose person's details are open already.
    func report(
        of answer: ReleasedAnswer, details: PersonDetails, to receiver: Receiver? = nil
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
        return try Report(
            id: id(answer.tube, answer.person), route: route(to: receiver),
            laboratory: settings.reportLaboratory, unit: Report.SendingUnit(name: answer.unit),
            person: Report.Person(id: answer.person, details: details),
            specimen: Report.Specimen(
                tube: answer.tube, type: settings.specimen(in: answer.tube), testing: testing),
            times: Report.Times(
                collectedAt: answer.collectedAt, receivedAt: answer.receivedAt,
                testedAt: answer.testedAt, releasedAt: answer.releasedAt, zone: settings.zone),
            outcome: answer.outcome, method: assay.method(named: answer.assay),
            enteredBy: answer.enteredBy, reviewedBy: answer.reviewedBy)
    }

    /// The report that a person's tube was rejected at a moment; nobody has tested it.
    func report(
        of specimen: RejectedSpecimen, at moment: Timestamp, to receiver: Receiver
    ) throws -> Report {
        try Report(
            id: id(specimen.tube, specimen.person), route: route(to: receiver),
            laboratory: rules.settings.reportLaboratory,
            unit: Report.SendingUnit(name: specimen.unit),
            person: Report.Person(
                id: specimen.person,
                details: try vault.open(specimen.details, of: specimen.person)),
            specimen: Report.Specimen(
                tube: specimen.tube, type: rules.settings.specimen(in: specimen.tube),
                testing: .untested(isMixed: specimen.kind == .mixed)),
            times: Report.Times(
                collectedAt: specimen.collectedAt, receivedAt: specimen.receivedAt ?? moment,
                testedAt: moment, releasedAt: moment, zone: rules.settings.zone),
            outcome: .notDetected, method: Report.Method(assay: "", kit: "", targets: targets),
            enteredBy: "",
            reviewedBy: "")
    }

    private func id(_ tube: TubeID, _ person: PersonID) -> ReportID {
        ReportID(Identifiers.make("RP", from: [tube.text, person.text]))
    }

    private func route(to receiver: Receiver?) -> Report.Route {
        let usual = rules.settings.reportRoute
        return Report.Route(
            application: usual.application,
            receivingApplication: receiver?.application ?? usual.receivingApplication,
            receivingFacility: receiver?.facility ?? usual.receivingFacility)
    }

    /// What the routine kit looks for: that for which a tube was sent.
    private var targets: [String] {
        rules.settings.assays[.first]?.targets.map(\.name) ?? []
    }
}
