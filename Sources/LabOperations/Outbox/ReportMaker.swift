internal import LabDomain
internal import LabStore

/// Makes reports out of what the store holds: opens the person's details and names the parties.
struct ReportMaker {
    let rules: Rules
    let vault: IdentityVault

    /// The report of a released answer, for a receiver or for the one that the settings name.
    /// - Throws: `ReportFaults` with every reason why it is held.
    func report(of answer: ReleasedAnswer, to receiver: Receiver? = nil) throws -> Report {
        let assay = rules.settings.assays.values.first { $0.name == answer.assay }
        let testing: Report.Testing =
            if let pool = answer.pool {
                .laboratoryPool(pool, size: answer.poolSize ?? 1)
            } else if answer.kind == .mixed {
                .mixedTube(people: answer.peopleInTube)
            } else {
                .alone(readings(of: answer, assay: assay))
            }
        return try Report(
            id: id(answer.tube, answer.person), route: route(to: receiver),
            laboratory: laboratory, unit: Report.SendingUnit(name: answer.unit),
            person: Report.Person(
                id: answer.person, details: try vault.open(answer.details, of: answer.person)),
            specimen: Report.Specimen(tube: answer.tube, testing: testing),
            times: Report.Times(
                collectedAt: answer.collectedAt, receivedAt: answer.receivedAt,
                testedAt: answer.testedAt, releasedAt: answer.releasedAt,
                zone: rules.settings.zone),
            outcome: answer.outcome,
            method: Report.Method(assay: answer.assay, kit: assay?.kit ?? answer.assay),
            enteredBy: answer.enteredBy, reviewedBy: answer.reviewedBy)
    }

    /// The report that a person's tube was rejected at a moment; nobody has tested it.
    func report(
        of specimen: RejectedSpecimen, at moment: Timestamp, to receiver: Receiver
    ) throws -> Report {
        try Report(
            id: id(specimen.tube, specimen.person), route: route(to: receiver),
            laboratory: laboratory, unit: Report.SendingUnit(name: specimen.unit),
            person: Report.Person(
                id: specimen.person,
                details: try vault.open(specimen.details, of: specimen.person)),
            specimen: Report.Specimen(
                tube: specimen.tube, testing: .untested(isMixed: specimen.kind == .mixed)),
            times: Report.Times(
                collectedAt: specimen.collectedAt, receivedAt: specimen.receivedAt ?? moment,
                testedAt: moment, releasedAt: moment, zone: rules.settings.zone),
            outcome: .notDetected, method: Report.Method(assay: "", kit: ""), enteredBy: "",
            reviewedBy: "")
    }

    private func id(_ tube: TubeID, _ person: PersonID) -> ReportID {
        ReportID(Identifiers.make("RP", from: [tube.text, person.text]))
    }

    private func route(to receiver: Receiver?) -> Report.Route {
        let names = rules.settings.identifiers
        let usual = Report.Party(name: names.receiverName, oid: names.receiverOID)
        return Report.Route(
            application: Report.Party(name: "Swabline", oid: names.applicationOID),
            receivingApplication: receiver?.application ?? usual,
            receivingFacility: receiver?.facility ?? usual)
    }

    private var laboratory: Report.Laboratory {
        let settings = rules.settings
        return Report.Laboratory(
            name: settings.name, oid: settings.identifiers.laboratoryOID,
            code: Self.code(settings.identifiers.laboratoryNumber),
            addressLines: [settings.address.street, settings.address.city],
            telephone: settings.telephone, country: settings.address.country)
    }

    /// A number of the form 99D9999999 is a CLIA number; any other is the laboratory's own.
    private static func code(_ number: String) -> Report.Laboratory.Code {
        number.wholeMatch(of: /[0-9]{2}D[0-9]{7}/) != nil ? .clia(number) : .local(number)
    }

    private func readings(of answer: ReleasedAnswer, assay: Assay?) -> [Report.TargetReading] {
        let targets = assay?.targets ?? []
        return targets.compactMap { target in
            guard let reading = answer.readings.first(where: { $0.target == target.name }) else {
                return nil
            }
            return Report.TargetReading(
                name: target.name, cq: reading.cq, call: target.call(reading.cq))
        }
    }
}
