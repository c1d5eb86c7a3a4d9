package import LabDomain
package import LabProgramme

extension LaboratorySettings {
    /// From this system to the receiver that the settings name.
    package var reportRoute: Report.Route {
        let receiver = Report.Party(name: identifiers.receiverName, oid: identifiers.receiverOID)
        return Report.Route(
            application: Report.Party(name: "Swabline", oid: identifiers.applicationOID),
            receivingApplication: receiver, receivingFacility: receiver)
    }

    /// The laboratory as reports name it.
    package var reportLaboratory: Report.Laboratory {
        // A number of the form 99D9999999 is a CLIA number; any other is the laboratory's own.
        let number = identifiers.laboratoryNumber
        return Report.Laboratory(
            name: name, oid: identifiers.laboratoryOID,
            code: number.wholeMatch(of: /[0-9]{2}D[0-9]{7}/) != nil
                ? .clia(number) : .local(number),
            addressLines: [address.street, address.city], telephone: telephone,
            country: address.country)
    }
}

extension Assay? {
    /// With what an answer was found; an assay that the settings no longer have keeps its name.
    package func method(named name: String) -> Report.Method {
        Report.Method(
            assay: name, kit: self?.kit ?? name, targets: self?.targets.map(\.name) ?? [])
    }

    /// What the deciding well said of each target, in the assay's order.
    package func targetReadings(of readings: [Reading]) -> [Report.TargetReading] {
        (self?.targets ?? []).compactMap { target in
            guard let reading = readings.first(where: { $0.target == target.name }) else {
                return nil
            }
            return Report.TargetReading(
                name: target.name, cq: reading.cq, call: target.call(reading.cq))
        }
    }
}
