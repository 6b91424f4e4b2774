import Estate
import Journal
import Testing

@Suite struct ReproducibilityTests {
    @Test("the same seed and moment give the same journal and views, another seed gives others")
    func sameSeed() throws {
        let first = try SampleEstate(monday, months: SampleEstate.months)
        let again = try SampleEstate(monday, months: SampleEstate.months)
        let other = try SampleEstate(monday, seed: 8, months: SampleEstate.months)
        #expect(try first.journal() == again.journal())
        let views: [any View] = [
            FollowUpsView(), ArrearsView(), GateView(), CollectionView(), CallsView(), RequestsView(), PeopleView(),
            BillsView(), PaymentsView(), DunningsView(), InspectionsView(), ShiftsView(), VehiclesView(),
        ]
        for view in views {
            let texts = try first.texts(view)
            #expect(!texts.isEmpty)
            #expect(try again.texts(view) == texts, "\(type(of: view).name)")
            #expect(try other.texts(view) != texts, "\(type(of: view).name)")
        }
        // A later moment adds calls and changes none of the earlier ones.
        let evening = try SampleEstate("2026-11-23T20:00:00+08:00", months: SampleEstate.months)
        let rang = first.estate.calls.all.values.map(\.rang)
        #expect(Array(evening.estate.calls.all.values.map(\.rang).prefix(rang.count)) == rang)
        #expect(evening.estate.calls.all.count > rang.count)
    }
}
