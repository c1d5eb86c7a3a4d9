import ArgumentParser
import LabSimulation

/// The servers of each station as `reception=4,extraction=6,pcr=7,review=2`, in any order.
struct MachineList: ExpressibleByArgument {
    let stations: LaboratoryStations

    init(_ stations: LaboratoryStations) { self.stations = stations }

    init?(argument: String) {
        var numbers: [String: Int] = [:]
        for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
            let pair = part.split(separator: "=", omittingEmptySubsequences: false)
            guard pair.count == 2, let number = Int(pair[1]), (1...10_000).contains(number),
                numbers.updateValue(number, forKey: String(pair[0])) == nil
            else { return nil }
        }
        guard numbers.count == 4, let reception = numbers["reception"],
            let extraction = numbers["extraction"], let pcr = numbers["pcr"],
            let review = numbers["review"]
        else { return nil }
        stations = LaboratoryStations(
            reception: reception, extraction: extraction, pcr: pcr, review: review)
    }
}

/// The two tables of a log, as `SAMPLES,PLATES`.
struct LogFiles: ExpressibleByArgument {
    let samples: String
    let plates: String

    init?(argument: String) {
        let names = argument.split(separator: ",", omittingEmptySubsequences: false)
        guard names.count == 2, !names[0].isEmpty, !names[1].isEmpty else { return nil }
        (samples, plates) = (String(names[0]), String(names[1]))
    }
}
