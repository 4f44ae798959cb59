Console.WriteLine("fv");
