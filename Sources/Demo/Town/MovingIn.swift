import Estate
import Journal

/// The founding day: the staff, the units, who lives in them, and their vehicles are put on record.
struct MovingIn {
    let life: Life

    func begin() throws {
        let founded = life.span.founded
        try life.prepare { batch in
            for member in Crew.others {
                try batch.perform(
                    AddStaff(staff: member.code, name: member.name, role: member.role), by: Crew.manager.code,
                    at: founded.adding(minutes: 5))
            }
            for household in life.town.households {
                try batch.perform(
                    AddUnit(unit: household.unit, area: household.area), by: Crew.supervisor,
                    at: founded.adding(minutes: 15))
            }
            for household in life.town.households {
                for resident in household.residents {
                    try batch.perform(
                        AddPerson(
                            name: resident.name, unit: household.unit, role: resident.role, phone: resident.phone),
                        by: Crew.operators[0], at: founded.adding(minutes: 30))
                }
                for plate in household.plates {
                    try batch.perform(
                        AddVehicle(plate: plate, unit: household.unit), by: Crew.operators[1],
                        at: founded.adding(minutes: 45))
                }
            }
        }
    }
}
