internal import LabDomain
internal import LabExchange
internal import LabTables

extension TableFault {
    /// What is wrong and what to do, where the line is told beside it.
    var wordsWithinLine: Wording {
        if case .character = place { wordsWithPlace } else { words }
    }
}

/// Why a file is no table, with the place.
func tableWords(of error: any Error) -> Wording {
    switch error {
    case let fault as EncodingFault: fault.wordsWithPlace
    case let fault as TableFault: fault.wordsWithPlace
    default: Wording(plain: String(describing: error))
    }
}

extension CampaignFault {
    /// What is wrong and what to do, where the line is told beside it.
    var wording: Wording {
        if case .table(let fault) = kind { fault.wordsWithinLine } else { words }
    }
}
