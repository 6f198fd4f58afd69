// A process has one framework.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
