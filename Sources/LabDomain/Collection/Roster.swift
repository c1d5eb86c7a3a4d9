/// Who is to be swabbed: the people of a collection before any tube is filled.
package struct Roster: Sendable {
    /// Somebody on the roster.
    package struct Person: Sendable {
        /// Any code or list number, once in the roster.
        package let code: String
        /// Printed on the lists and used for nothing else; may be empty.
        package let name: String
        package let unit: Int
        package let site: Int
        /// Nil lives alone.
        package let household: Int?
        package let risk: RiskClass

        /// A person; numbers are places in the roster's units, sites and households.
        package init(
            code: String, name: String = "", unit: Int, site: Int, household: Int?,
            risk: RiskClass
        ) {
            self.code = code
            self.name = name
            self.unit = unit
            self.site = site
            self.household = household
            self.risk = risk
        }
    }

    /// In the order of the file, which is the order of addresses.
    package let people: [Person]
    package let units: [String]
    package let sites: [String]
    /// As they are written; two units may write their households alike.
    package let households: [String]

    /// A roster whose numbers are places in these lists.
    package init(people: [Person], units: [String], sites: [String], households: [String]) {
        self.people = people
        self.units = units
        self.sites = sites
        self.households = households
    }
}
